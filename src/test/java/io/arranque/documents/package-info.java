/** Tests of the judges of documents. */
@NullMarked
package io.arranque.documents;

import org.jspecify.annotations.NullMarked;
