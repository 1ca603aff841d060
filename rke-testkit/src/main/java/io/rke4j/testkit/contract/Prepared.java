package io.rke4j.testkit.contract;

import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Prepares and cleans up as near to a test as can be: after whatever those who extend a contract do
 * before a test, and before whatever they do after it, for example closing what it needs.
 */
final class Prepared implements BeforeTestExecutionCallback, AfterTestExecutionCallback {

  /** A contract that has something to do around each test. */
  interface Contract {

    /** Before the test itself. */
    default void prepare() throws Exception {}

    /** After the test itself, however it ended. */
    void cleanUp() throws Exception;
  }

  @Override
  public void beforeTestExecution(ExtensionContext context) throws Exception {
    of(context).prepare();
  }

  @Override
  public void afterTestExecution(ExtensionContext context) throws Exception {
    of(context).cleanUp();
  }

  private static Contract of(ExtensionContext context) {
    // A contract may be a class within a test: then that one is meant.
    return (Contract) context.getRequiredTestInstance();
  }
}
