//go:build !debian

package main

import (
	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/types"
)

func delayTasks(tasks delays) {
	// 0: what a task works on can be looked at meanwhile, as in a real one.
	tasks["LockHandoff"] = 0
	simulator.TaskDelay.MethodDelay = tasks
}

func endIdleSessions(model *simulator.Model, idle string) {
	options := model.Map().OptionManager()
	options.Setting = append(options.Setting,
		&types.OptionValue{Key: "config.vmacore.soap.sessionTimeout", Value: idle})
}
