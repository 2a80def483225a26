/** The editor: roles and files of the site's folder, checked, previewed and saved. */
@NullMarked
package io.arranque.web.files;

import org.jspecify.annotations.NullMarked;
