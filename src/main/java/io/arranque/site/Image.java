package io.arranque.site;

import java.util.List;
import java.util.Optional;

/**
 * A kernel with what belongs to it: {@code images/NAME/}.
 *
 * @param name the folder's name
 * @param version for people, from {@code image.yaml}
 * @param kernel file name of the kernel
 * @param initrds file names of the initrds, in loading order
 * @param arguments kernel arguments that every role with this image needs
 */
public record Image(
    String name, Optional<String> version, String kernel, List<String> initrds, String arguments) {}
