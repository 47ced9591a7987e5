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

// Resolution holds the scenario of A/RES/71/280, gcm-2018.yaml, with its tables.
//
//go:embed gcm-2018.yaml gcm-*.csv
var Resolution embed.FS
