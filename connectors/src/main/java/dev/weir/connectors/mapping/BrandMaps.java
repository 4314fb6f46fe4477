package dev.weir.connectors.mapping;

import java.util.Optional;

/**
 * Which maps and tables has a brand of its own? Implemented by the hub, which keeps them; asked with every map that is
 * applied, so it answers from memory. Thread-safe.
 */
@FunctionalInterface
public interface BrandMaps {
    /** The brand's text in force, of {@link MapText.Origin#BRAND}; empty when it has none. */
    Optional<MapText> find(String brand, MapName name);

    /** No brand has any. */
    static BrandMaps none() {
        return (brand, name) -> Optional.empty();
    }
}
