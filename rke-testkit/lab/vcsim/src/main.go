// A vCenter of lies for tests: govmomi's simulator with its default inventory behind TLS.
//
// The first line on stdout is the address, the second the path of the certificate; it ends when stdin does, so that it
// never outlives the test that started it.
package main

import (
	"crypto/tls"
	"flag"
	"fmt"
	"io"
	"log"
	"net/url"
	"os"
	"strconv"
	"strings"

	"github.com/vmware/govmomi/simulator"

	// Tags and content libraries: the REST half of a vCenter.
	_ "github.com/vmware/govmomi/vapi/simulator"
)

// delays collects NAME:MILLISECONDS.
type delays map[string]int

func (d delays) String() string { return "" }

func (d delays) Set(text string) error {
	name, value, found := strings.Cut(text, ":")
	number, err := strconv.Atoi(value)
	if !found || err != nil {
		return fmt.Errorf("%q is not NAME:MILLISECONDS", text)
	}
	d[name] = number
	return nil
}

func main() {
	calls, tasks := delays{}, delays{}
	user := flag.String("user", "user", "the only account")
	password := flag.String("password", "pass", "its password")
	idle := flag.String("session-idle", "", "how long a session may be idle, for example 1s")
	pods := flag.Int("pods", 0, "number of datastore clusters")
	stores := flag.Int("datastores", 1, "number of datastores")
	networks := flag.Int("port-groups", 1, "number of distributed port groups")
	opaque := flag.Int("opaque-networks", 0, "number of networks of NSX")
	flag.Var(calls, "call-delay", "METHOD:MILLISECONDS that calls of a method take; may be repeated")
	flag.Var(tasks, "task-delay", "METHOD:MILLISECONDS that tasks of a method take; may be repeated")
	flag.Parse()

	model := simulator.VPX()
	model.Pod, model.Datastore = *pods, *stores
	model.Portgroup, model.OpaqueNetwork = *networks, *opaque
	model.DelayConfig.MethodDelay = calls
	delayTasks(tasks)
	if err := model.Create(); err != nil {
		log.Fatal(err)
	}
	if *idle != "" {
		endIdleSessions(model, *idle)
	}
	service := model.Service
	service.TLS = new(tls.Config)
	service.RegisterEndpoints = true
	service.Listen = &url.URL{Host: "127.0.0.1:0", User: url.UserPassword(*user, *password)}
	server := service.NewServer()
	certificate, err := server.CertificateFile()
	if err != nil {
		log.Fatal(err)
	}
	// The server's own URL has the account, which it goes on comparing with.
	fmt.Printf("https://%s/sdk\n", server.URL.Host)
	fmt.Println(certificate)
	_, _ = io.Copy(io.Discard, os.Stdin)
	server.Close()
	model.Remove()
	_ = os.Remove(certificate)
}
