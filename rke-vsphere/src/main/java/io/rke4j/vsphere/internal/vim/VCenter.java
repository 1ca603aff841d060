package io.rke4j.vsphere.internal.vim;

/**
 * One connection to a vCenter server, by what it serves.
 *
 * @param vim inventory, machines and tasks
 * @param files files of datastores
 * @param tagging tags
 * @param library content libraries
 */
public record VCenter(Vim vim, Files files, Tagging tagging, Library library)
    implements AutoCloseable {

  @Override
  public void close() {
    vim.close();
  }
}
