package scenarios

import "embed"

// FS holds the libraries as library/NAME.yaml with their tables beside them.
//
//go:embed library/*
var FS embed.FS

// Starter is the commented scenario that `plenary init` writes.
//
//go:embed starter.yaml
var Starter []byte
