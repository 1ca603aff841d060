/** What kube-controller-manager, kube-scheduler and kubelets do, modelled. */
@NullMarked
package io.rke4j.testkit.kube.controllers;

import org.jspecify.annotations.NullMarked;
