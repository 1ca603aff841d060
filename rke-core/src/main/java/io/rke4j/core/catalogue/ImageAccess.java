package io.rke4j.core.catalogue;

/** Who can pull an image. */
public enum ImageAccess {
  /** Everybody: it was published on a registry that asks for no login. */
  PUBLIC,
  /** Who pays for it: it needs a login that comes with a subscription. */
  SUBSCRIPTION,
  /** Nothing is known of it, as of an image in a registry of the user's own. */
  UNKNOWN
}
