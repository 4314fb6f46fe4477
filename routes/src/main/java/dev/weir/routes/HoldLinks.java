package dev.weir.routes;

import dev.weir.live.Show;
import dev.weir.reservation.Hold;
import java.net.URI;

/** Where does a buyer go who was promised something away from the hub's own pages? Thread-safe; no I/O. */
public interface HoldLinks {
    /** Where the hold is paid; {@code token} is its secret, so the link is for its buyer alone. */
    URI to(Show show, Hold hold, String token);

    /** Where the show is watched. */
    URI to(Show show);
}
