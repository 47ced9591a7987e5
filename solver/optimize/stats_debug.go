package optimize
import "time"
var Stats = map[string]time.Duration{}
var Count = map[string]int{}
func stat(name string) func() { s := time.Now(); return func() { Stats[name] += time.Since(s); Count[name]++ } }
