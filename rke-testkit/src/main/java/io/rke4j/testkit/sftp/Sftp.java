package io.rke4j.testkit.sftp;

/**
 * Numbers of the protocol, version 3: the one that OpenSSH speaks (draft-ietf-secsh-filexfer-02).
 */
final class Sftp {

  static final int VERSION = 3;

  static final int INIT = 1;
  static final int OPEN = 3;
  static final int CLOSE = 4;
  static final int READ = 5;
  static final int WRITE = 6;
  static final int LSTAT = 7;
  static final int FSTAT = 8;
  static final int SETSTAT = 9;
  static final int FSETSTAT = 10;
  static final int OPENDIR = 11;
  static final int READDIR = 12;
  static final int REMOVE = 13;
  static final int MKDIR = 14;
  static final int RMDIR = 15;
  static final int REALPATH = 16;
  static final int STAT = 17;
  static final int RENAME = 18;
  static final int READLINK = 19;
  static final int SYMLINK = 20;

  static final int VERSION_ANSWER = 2;
  static final int STATUS = 101;
  static final int HANDLE = 102;
  static final int DATA = 103;
  static final int NAME = 104;
  static final int ATTRS = 105;

  static final int OK = 0;
  static final int END = 1;
  static final int NO_SUCH_FILE = 2;
  static final int FAILURE = 4;
  static final int UNSUPPORTED = 8;

  /** Flags of OPEN. */
  static final int FOR_WRITING = 0x02;

  static final int APPENDING = 0x04;
  static final int CREATING = 0x08;
  static final int TRUNCATING = 0x10;
  static final int EXCLUSIVE = 0x20;

  private Sftp() {}

  /** Why a request is not done. */
  static final class Refusal extends Exception {

    private static final long serialVersionUID = 1L;

    private final int code;

    Refusal(int code, String why) {
      super(why);
      this.code = code;
    }

    int code() {
      return code;
    }

    static Refusal missing(String path) {
      return new Refusal(NO_SUCH_FILE, path + ": No such file or directory");
    }
  }
}
