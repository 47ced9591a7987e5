//go:build !linux && !darwin

package file

func exchange(fresh, name string) error { return inTwoSteps(fresh, name) }
