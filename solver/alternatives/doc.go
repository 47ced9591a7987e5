// Package alternatives finds plans that are nearly as good as the best and
// differ from it, and from each other, where planners look: in dates and
// stations.
//
//	list, exhausted, err := alternatives.Find(ctx, s, instances, best, alternatives.Options{Most: 5, Budget: budget})
package alternatives
