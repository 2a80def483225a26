/** The formats of the documents that systems boot with: what each takes, and what it drops. */
@NullMarked
package io.arranque.documents;

import org.jspecify.annotations.NullMarked;
