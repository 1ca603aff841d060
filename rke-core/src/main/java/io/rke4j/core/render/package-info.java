/** What runs on a host: from a filled-in specification to containers and files, without looking. */
@NullMarked
package io.rke4j.core.render;

import org.jspecify.annotations.NullMarked;
