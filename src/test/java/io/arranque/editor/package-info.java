@org.jspecify.annotations.NullMarked
package io.arranque.editor;
