// Package desk is the planning desk: a page in the browser on which a planner
// moves sessions, sees what breaks and what it costs, has the rest mended, and
// publishes. It decides nothing: the checker judges, the solver searches.
//
//	d, err := desk.Open("gcm-2018.yaml", "gcm-2018.desk", "plenary", "en", read)
//	http.Serve(listener, d.Handler(access))
package desk
