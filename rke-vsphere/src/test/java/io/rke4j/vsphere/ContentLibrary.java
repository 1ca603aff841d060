package io.rke4j.vsphere;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rke4j.vsphere.internal.web.Web;
import io.rke4j.vsphere.settings.VsphereConnection;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Base64;

/** A content library in a simulator, made as an administrator would make it. */
final class ContentLibrary {

  static final String NAME = "images";

  private static final String CONTENT = "/rest/com/vmware/content/";

  private final Web web;
  private final String session;
  private final String id;

  private ContentLibrary(VsphereConnection connection, String datastore) throws IOException {
    this.web = new Web(connection);
    String login = connection.user() + ":" + connection.password().reveal();
    this.session =
        send(web.request("/rest/com/vmware/cis/session")
                .header(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(login.getBytes(UTF_8)))
                .POST(HttpRequest.BodyPublishers.noBody()))
            .asText();
    this.id =
        post(
                "local-library",
                """
                {"create_spec": {"name": "images", "type": "LOCAL",
                 "storage_backings": [{"type": "DATASTORE", "datastore_id": "%s"}]}}
                """
                    .formatted(datastore))
            .asText();
  }

  /** An empty library. */
  static ContentLibrary in(VsphereConnection connection, String datastore) throws IOException {
    return new ContentLibrary(connection, datastore);
  }

  /** Adds an item of a type with one file in it. */
  void add(String name, String type, String content) throws IOException {
    String item =
        post(
                "library/item",
                """
                {"create_spec": {"name": "%s", "type": "%s", "library_id": "%s"}}
                """
                    .formatted(name, type, id))
            .asText();
    String update =
        post(
                "library/item/update-session",
                "{\"create_spec\": {\"library_item_id\": \"" + item + "\"}}")
            .asText();
    JsonNode file =
        post(
            "library/item/updatesession/file/id:" + update + "?~action=add",
            "{\"file_spec\": {\"name\": \"" + name + ".ovf\", \"source_type\": \"PUSH\"}}");
    String path = URI.create(file.at("/upload_endpoint/uri").asText()).getPath();
    send(authorized(path).PUT(HttpRequest.BodyPublishers.ofString(content)));
    post("library/item/update-session/id:" + update + "?~action=complete", "{}");
  }

  private JsonNode post(String path, String json) throws IOException {
    return send(
        authorized(CONTENT + path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json)));
  }

  private HttpRequest.Builder authorized(String path) {
    return web.request(path).header("vmware-api-session-id", session);
  }

  private JsonNode send(HttpRequest.Builder request) throws IOException {
    HttpResponse<byte[]> answer = web.send(request.build());
    if (answer.statusCode() != 200) {
      throw new IOException(request.build() + " was answered with " + answer.statusCode());
    }
    return new ObjectMapper().readTree(answer.body()).path("value");
  }

  /** One machine: a disk without content, an adapter, and an IDE controller for the seed. */
  static String template() {
    return """
    <?xml version="1.0" encoding="UTF-8"?>
    <Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/1"
        xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1"
        xmlns:rasd="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_ResourceAllocationSettingData"
        xmlns:vssd="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_VirtualSystemSettingData">
      <References/>
      <DiskSection>
        <Info>Disks</Info>
        <Disk ovf:capacity="1" ovf:capacityAllocationUnits="byte * 2^30" ovf:diskId="vmdisk1"
            ovf:format="http://www.vmware.com/interfaces/specifications/vmdk.html#streamOptimized"/>
      </DiskSection>
      <NetworkSection>
        <Info>Networks</Info>
        <Network ovf:name="nat"><Description>nat</Description></Network>
      </NetworkSection>
      <VirtualSystem ovf:id="linux">
        <Info>A machine</Info>
        <Name>linux</Name>
        <OperatingSystemSection ovf:id="101"><Info>Linux</Info></OperatingSystemSection>
        <VirtualHardwareSection>
          <Info>Hardware</Info>
          <System>
            <vssd:ElementName>Virtual Hardware Family</vssd:ElementName>
            <vssd:InstanceID>0</vssd:InstanceID>
            <vssd:VirtualSystemIdentifier>linux</vssd:VirtualSystemIdentifier>
            <vssd:VirtualSystemType>vmx-09</vssd:VirtualSystemType>
          </System>
          <Item>
            <rasd:AllocationUnits>hertz * 10^6</rasd:AllocationUnits>
            <rasd:ElementName>1 CPU</rasd:ElementName>
            <rasd:InstanceID>1</rasd:InstanceID>
            <rasd:ResourceType>3</rasd:ResourceType>
            <rasd:VirtualQuantity>1</rasd:VirtualQuantity>
          </Item>
          <Item>
            <rasd:AllocationUnits>byte * 2^20</rasd:AllocationUnits>
            <rasd:ElementName>Memory</rasd:ElementName>
            <rasd:InstanceID>2</rasd:InstanceID>
            <rasd:ResourceType>4</rasd:ResourceType>
            <rasd:VirtualQuantity>512</rasd:VirtualQuantity>
          </Item>
          <Item>
            <rasd:Address>0</rasd:Address>
            <rasd:ElementName>IDE controller</rasd:ElementName>
            <rasd:InstanceID>3</rasd:InstanceID>
            <rasd:ResourceType>5</rasd:ResourceType>
          </Item>
          <Item>
            <rasd:AddressOnParent>0</rasd:AddressOnParent>
            <rasd:ElementName>disk0</rasd:ElementName>
            <rasd:HostResource>ovf:/disk/vmdisk1</rasd:HostResource>
            <rasd:InstanceID>4</rasd:InstanceID>
            <rasd:Parent>3</rasd:Parent>
            <rasd:ResourceType>17</rasd:ResourceType>
          </Item>
          <Item>
            <rasd:AddressOnParent>2</rasd:AddressOnParent>
            <rasd:AutomaticAllocation>true</rasd:AutomaticAllocation>
            <rasd:Connection>nat</rasd:Connection>
            <rasd:ElementName>ethernet0</rasd:ElementName>
            <rasd:InstanceID>5</rasd:InstanceID>
            <rasd:ResourceSubType>VmxNet3</rasd:ResourceSubType>
            <rasd:ResourceType>10</rasd:ResourceType>
          </Item>
        </VirtualHardwareSection>
      </VirtualSystem>
    </Envelope>
    """;
  }
}
