/**
 * The site's files as people edit them: which may be, how they are read and written, what stood in
 * them before. Knows nothing of what the files mean.
 */
@org.jspecify.annotations.NullMarked
package io.arranque.editor;
