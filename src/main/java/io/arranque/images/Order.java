package io.arranque.images;

import java.util.List;
import java.util.Optional;

/**
 * An image to be added.
 *
 * @param image its name
 * @param version a name for the version; empty: made from the date
 * @param architecture e.g. {@code x86-64}
 * @param arguments kernel arguments; a template like the role's. Empty: those that the ISO's layout
 *     asks for, or none
 * @param kernel name of the kernel among {@code files}; empty for an ISO
 * @param initrds names of the initrds among {@code files}, in loading order
 * @param files what is fetched as it is
 * @param iso where kernel and initrd are found inside
 * @param cache whether nothing is fetched now, but each file when the first machine asks for it
 * @param activate whether machines get this version from now on
 */
public record Order(
    String image,
    Optional<String> version,
    Optional<String> architecture,
    String arguments,
    String kernel,
    List<String> initrds,
    List<Source> files,
    Optional<Source> iso,
    boolean cache,
    boolean activate) {}
