package io.rke4j.vsphere.internal.soap;

import com.vmware.vim25.LocalizedMethodFault;
import com.vmware.vim25.MethodFault;
import io.rke4j.vsphere.error.VsphereException;
import java.util.Map;
import java.util.Set;

/** Makes errors of faults. What may pass by itself is decided by the fault's type alone. */
final class Faults {

  private static final Set<String> PASSING =
      Set.of(
          "TaskInProgress",
          "ConcurrentAccess",
          "HostCommunication",
          "HostConnectFault",
          "HostNotConnected",
          "HostNotReachable",
          "NotAuthenticated",
          "ResourceInUse",
          "ResourceNotAvailable",
          "Timedout",
          "VmConfigFileAccess",
          "FileLocked");

  private static final Map<String, String> HINTS =
      Map.of(
          "InvalidLogin", "Check user and password of vCenter",
          "NoPermission", "Give the account the privileges that docs/vsphere.md lists",
          "DuplicateName", "Rename or remove what has the name, or use another folder",
          "ManagedObjectNotFound", "Somebody removed it meanwhile; plan again",
          "NoDiskSpace", "Free space there, or use another datastore",
          "InsufficientResourcesFault", "Use another host, pool or size",
          "RequestCanceled", "Run it again");

  private Faults() {}

  static VsphereException error(String object, FaultAnswer answer) {
    return error(object, answer.type(), answer.text());
  }

  static VsphereException error(String object, LocalizedMethodFault of) {
    MethodFault fault = of.getFault();
    String type = fault == null ? "MethodFault" : fault.getClass().getSimpleName();
    String text = of.getLocalizedMessage();
    return error(object, type, text == null ? "" : text);
  }

  private static VsphereException error(String object, String type, String text) {
    return VsphereException.reported(
        type,
        object,
        text.isEmpty() ? "vCenter says no more" : text,
        HINTS.getOrDefault(type, ""),
        PASSING.contains(type));
  }
}
