/** The files of a simulated host by SFTP, as OpenSSH's sftp and scp speak it. */
@NullMarked
package io.rke4j.testkit.sftp;

import org.jspecify.annotations.NullMarked;
