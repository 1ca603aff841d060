package io.rke4j.vsphere.internal.vim;

/** Files of datastores. */
public interface Files {

  /**
   * Writes a file, whether or not it is there.
   *
   * @param datacenterPath inventory path of the datacenter, without the leading slash
   * @param path {@code [datastore] folder/file}
   * @param content what is in it
   */
  void upload(String datacenterPath, String path, byte[] content);
}
