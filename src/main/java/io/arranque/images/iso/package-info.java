/** Reads CD images: ISO 9660 with Rock Ridge or Joliet names. Knows nothing of boots. */
@NullMarked
package io.arranque.images.iso;

import org.jspecify.annotations.NullMarked;
