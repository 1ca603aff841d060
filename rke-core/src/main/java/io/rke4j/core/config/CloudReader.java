package io.rke4j.core.config;

import io.rke4j.api.cluster.AwsBuilder;
import io.rke4j.api.cluster.AwsOption;
import io.rke4j.api.cluster.AwsServiceOption;
import io.rke4j.api.cluster.AzureOption;
import io.rke4j.api.cluster.CloudBuilder;
import io.rke4j.api.cluster.CloudOption;
import io.rke4j.api.cluster.CloudOptionsBuilder;
import io.rke4j.api.cluster.OpenstackOption;
import io.rke4j.api.cluster.Secret;
import io.rke4j.api.cluster.VsphereBuilder;
import io.rke4j.api.cluster.VsphereOption;
import io.rke4j.api.cluster.VsphereServerOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads {@code cloud_provider}. */
record CloudReader(Place cloud, FileProblems problems) {

  private static final List<String> BLOCKS =
      List.of(
          CloudKeys.VSPHERE,
          CloudKeys.OPENSTACK,
          CloudKeys.AZURE,
          CloudKeys.AWS,
          CloudKeys.HARVESTER,
          CloudKeys.CUSTOM);

  void read(CloudBuilder builder) {
    if (cloud.truth("useInstanceMetadataHostname").orElse(false)) {
      builder.instanceNames();
    }
    List<String> blocks = BLOCKS.stream().filter(this::isGiven).toList();
    Optional<String> name = cloud.text("name");
    if (blocks.size() > 1) {
      problems.add(
          cloud.path(),
          "has " + String.join(" and ", blocks) + ", of which RKE would take one only",
          "keep one of them");
    } else if (blocks.isEmpty()) {
      name.ifPresent(builder::named);
    } else if (blocks.get(0).equals(CloudKeys.CUSTOM)) {
      custom(name, builder);
    } else {
      block(blocks.get(0), name.orElse(""), builder);
    }
  }

  private boolean isGiven(String block) {
    return cloud.hasSection(block) || (block.equals(CloudKeys.CUSTOM) && cloud.has(block));
  }

  private void custom(Optional<String> name, CloudBuilder builder) {
    if (name.isEmpty()) {
      problems.add(cloud.at("name"), "is missing", "customCloudProvider does not tell it");
    }
    Secret file = Secret.of(cloud.text(CloudKeys.CUSTOM).orElse(""));
    name.ifPresent(one -> builder.custom(one, file));
  }

  /** RKE takes a name beside a block for the provider's, but a block fits one provider only. */
  private void block(String block, String name, CloudBuilder builder) {
    String own = block.replace("CloudProvider", "");
    boolean harvester = block.equals(CloudKeys.HARVESTER) && name.equals("external");
    if (!name.isEmpty() && !name.equals(own) && !harvester) {
      problems.add(
          cloud.at("name"), "'" + name + "' is not the provider of " + block, "write " + own);
    }
    Place place = cloud.section(block);
    switch (block) {
      case CloudKeys.VSPHERE -> builder.vsphere(vsphere -> vsphere(place, vsphere));
      case CloudKeys.OPENSTACK ->
          builder.openstack(options -> options(place, OpenstackOption.values(), options));
      case CloudKeys.AZURE ->
          builder.azure(options -> options(place, AzureOption.values(), options));
      case CloudKeys.AWS -> builder.aws(aws -> aws(place, aws));
      // To Kubernetes, Harvester is an external provider; its program reads the file.
      default -> builder.custom("external", Secret.of(place.text("cloud_config").orElse("")));
    }
  }

  private static void vsphere(Place place, VsphereBuilder builder) {
    builder.options(options -> options(place, VsphereOption.values(), options));
    servers(place, "virtual_center")
        .forEach(
            server ->
                builder.server(
                    name(server, place.at("virtual_center")),
                    options -> options(server, VsphereServerOption.values(), options)));
  }

  private static void aws(Place place, AwsBuilder builder) {
    builder.options(options -> options(place, AwsOption.values(), options));
    servers(place, "service_override")
        .forEach(
            service ->
                builder.service(
                    name(service, place.at("service_override")),
                    options -> options(service, AwsServiceOption.values(), options)));
  }

  private static Stream<Place> servers(Place place, String key) {
    Place map = place.section(key);
    return map.fields().keySet().stream().map(map::section);
  }

  private static String name(Place item, String map) {
    return item.path().substring(map.length() + 1);
  }

  private static <O extends Enum<O> & CloudOption> void options(
      Place block, O[] all, CloudOptionsBuilder<O> builder) {
    for (O option : all) {
      Place place = option.section().isEmpty() ? block : block.section(option.section());
      String key = option.key();
      switch (option.kind()) {
        case TEXT -> place.text(key).ifPresent(text -> builder.set(option, text));
        case SECRET -> place.text(key).map(Secret::of).ifPresent(it -> builder.set(option, it));
        case TRUTH -> place.truth(key).ifPresent(truth -> builder.set(option, truth));
        case WHOLE -> place.whole(key).ifPresent(number -> builder.set(option, number));
      }
    }
  }
}
