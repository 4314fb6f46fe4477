package dev.weir.reservation;

import dev.weir.connectors.Sku;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Which of the units of a hold are not there yet?
 *
 * @param sku of stock: of a bundle, its component
 * @param units that were promised beyond what was on hand, 1 or more
 * @param shipsFrom the day that the brand named when they were promised; null when it named none
 */
public record PreOrder(Sku sku, int units, @Nullable LocalDate shipsFrom) {}
