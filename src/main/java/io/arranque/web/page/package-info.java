/** How a page is made: templates, words in two languages, forms, what every template may ask. */
@NullMarked
package io.arranque.web.page;

import org.jspecify.annotations.NullMarked;
