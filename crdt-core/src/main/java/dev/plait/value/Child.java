package dev.plait.value;

/**
 * Marks a map key or a list element that holds a container instead of a value.
 *
 * <p>The container itself is named by where it hangs: by (parent, key, type) in a map, by its
 * element in a list. The marker carries only the type.
 *
 * @param type the kind of container
 */
public record Child(ContainerType type) implements Content {}
