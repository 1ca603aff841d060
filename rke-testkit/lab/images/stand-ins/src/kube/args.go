package kube

import "strings"

// Args reads command-line options of the form --name=value or --name; it takes those it does not know, too, since a
// stand-in is started with all the options of the real program.
func Args(args []string) map[string]string {
	options := map[string]string{}
	for _, arg := range args {
		name, value, found := strings.Cut(strings.TrimLeft(arg, "-"), "=")
		if !found {
			value = "true"
		}
		options[name] = value
	}
	return options
}
