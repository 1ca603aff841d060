package io.rke4j.core.config;

import static io.rke4j.core.config.Key.section;
import static io.rke4j.core.config.Key.text;
import static io.rke4j.core.config.Key.truth;

import io.rke4j.api.cluster.AwsOption;
import io.rke4j.api.cluster.AwsServiceOption;
import io.rke4j.api.cluster.AzureOption;
import io.rke4j.api.cluster.CloudOption;
import io.rke4j.api.cluster.OpenstackOption;
import io.rke4j.api.cluster.VsphereOption;
import io.rke4j.api.cluster.VsphereServerOption;
import io.rke4j.core.config.Shape.MapOf;
import io.rke4j.core.config.Shape.Section;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The keys under {@code cloud_provider}: those of each block are the settings that there are. */
final class CloudKeys {

  static final String NAME = "cloud_provider";
  static final String VSPHERE = "vsphereCloudProvider";
  static final String OPENSTACK = "openstackCloudProvider";
  static final String AZURE = "azureCloudProvider";
  static final String AWS = "awsCloudProvider";
  static final String HARVESTER = "harvesterCloudProvider";
  static final String CUSTOM = "customCloudProvider";

  private CloudKeys() {}

  static Key cloudProvider() {
    return section(
        NAME,
        text("name"),
        truth("useInstanceMetadataHostname"),
        block(AWS, AwsOption.values(), many("service_override", AwsServiceOption.values())),
        block(AZURE, AzureOption.values()),
        block(OPENSTACK, OpenstackOption.values()),
        block(
            VSPHERE, VsphereOption.values(), many("virtual_center", VsphereServerOption.values())),
        section(HARVESTER, text("cloud_config")),
        text(CUSTOM));
  }

  private static Key block(String name, CloudOption[] options, Key... more) {
    Map<String, List<Key>> sections = new LinkedHashMap<>();
    List<Key> keys = new ArrayList<>(List.of(more));
    for (CloudOption option : options) {
      if (option.section().isEmpty()) {
        keys.add(key(option));
      } else {
        sections.computeIfAbsent(option.section(), one -> new ArrayList<>()).add(key(option));
      }
    }
    sections.forEach((section, inner) -> keys.add(Key.of(section, Section.of(inner))));
    return Key.of(name, Section.of(keys));
  }

  private static Key many(String name, CloudOption[] options) {
    List<Key> keys = new ArrayList<>();
    for (CloudOption option : options) {
      keys.add(key(option));
    }
    return Key.of(name, new MapOf(Section.of(keys)));
  }

  private static Key key(CloudOption option) {
    return switch (option.kind()) {
      case TEXT, SECRET -> text(option.key());
      case TRUTH -> truth(option.key());
      case WHOLE -> Key.whole(option.key());
    };
  }
}
