// Package source reads YAML into nodes that know their place, merges them, and
// decodes them into plain structs whose field tags are the language: the key,
// its meaning and an example. Decoder, JSON Schema and documentation read the
// same tags.
//
//	node, problems := source.Parse("gcm.yaml", src)
//	var s struct {
//		Title string `key:"title,required" doc:"what the process is called" eg:"Global Compact"`
//	}
//	source.Decode(node, &s, &problems)
package source
