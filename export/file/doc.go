// Package file writes files whole or not at all, and never over a file that
// the user did not ask to replace.
//
//	err := file.Write("gcm.ics", content, file.Keep)
package file
