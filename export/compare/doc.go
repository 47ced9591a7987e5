// Package compare sets plans side by side: what each costs by tier and rule,
// what it breaks, when and where sessions meet, and what that means for
// officers, interpreters and deadlines. Text writes for a terminal, HTML one
// file with pictures that opens anywhere and prints on A4.
//
//	err := compare.HTML(f, []compare.Side{first, second})
package compare
