package dev.weir.reservation.internal;

import java.io.Serial;
import org.springframework.dao.TransientDataAccessResourceException;

/** The ledger did not answer in time, and nothing was decided: ask again. */
final class Unanswered extends TransientDataAccessResourceException {
    @Serial
    private static final long serialVersionUID = 1;

    Unanswered(String message) {
        super(message);
    }
}
