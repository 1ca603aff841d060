//go:build debian

package main

import (
	"log"

	"github.com/vmware/govmomi/simulator"
)

// The govmomi in Debian 12 is of 2021: it knows neither of these.

func delayTasks(tasks delays) {
	if len(tasks) > 0 {
		log.Fatal("this simulator cannot make tasks slow")
	}
}

func endIdleSessions(*simulator.Model, string) {
	log.Fatal("this simulator's sessions never end")
}
