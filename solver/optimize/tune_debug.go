package optimize
import ("os";"strconv")
func env(n string, d int) int { if v, err := strconv.Atoi(os.Getenv(n)); err == nil { return v }; return d }
var (
 minimizeCall = env("MINTICK",2)
 minimizeCore = env("MINFAIL",20)
 exhaustionCall = env("EXH",5)
 creditf = env("CREDIT",1)
 prefer = env("PREFER",0)
 prefer0 = env("PREFER0",1)
 exhcredit = env("EXHCREDIT",1)
 basediv = env("BASEDIV",10)
 basesucc = env("BASESUCC",1)
 wce = env("WCE",1)
)
var Debug bool
