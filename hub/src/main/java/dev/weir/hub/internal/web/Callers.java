package dev.weir.hub.internal.web;

import dev.weir.hub.internal.security.Caller;
import dev.weir.live.Show;
import dev.weir.live.Shows;
import org.springframework.security.core.context.SecurityContextHolder;

/** Whose call is it, and may it see this show? */
final class Callers {
    private Callers() {}

    /** The caller; only behind a rule that wants a role. */
    static Caller current() {
        var authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication != null && authentication.getPrincipal() instanceof Caller caller) {
            return caller;
        }
        throw new IllegalStateException("This path must be behind a rule that wants a role");
    }

    /** The show, when it is of the caller's brand; another brand's reads as not there. */
    static Show own(Shows shows, String idOrSlug) {
        return shows.find(idOrSlug)
                .filter(show -> show.brand().equals(current().brand()))
                .orElseThrow(() -> new NotFound("show", idOrSlug));
    }

    /** The show, for a viewer. */
    static Show any(Shows shows, String idOrSlug) {
        return shows.find(idOrSlug).orElseThrow(() -> new NotFound("show", idOrSlug));
    }
}
