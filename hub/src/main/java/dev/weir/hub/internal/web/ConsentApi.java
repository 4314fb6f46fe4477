package dev.weir.hub.internal.web;

import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Fault;
import dev.weir.hub.internal.connections.ConnectionStore;
import dev.weir.hub.internal.connections.Consents;
import dev.weir.hub.internal.live.BaseUrl;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseCookie;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The way to a platform's own page and back. The way back is open to everyone: what it carries is proof enough, or worth nothing. */
@RestController
class ConsentApi {
    private static final String BACK = "/connect/callback";

    private final Consents consents;
    private final ConnectionStore store;
    private final BaseUrl baseUrl;

    ConsentApi(Consents consents, ConnectionStore store, BaseUrl baseUrl) {
        this.consents = consents;
        this.store = store;
        this.baseUrl = baseUrl;
    }

    @PostMapping("/api/connections/{id}/consent")
    ResponseEntity<Object> begin(
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.ORIGIN, required = false) @Nullable String origin) {
        comesFromOurPages(origin);
        Connection connection = store.find(Inputs.uuid("connectionId", id))
                .filter(found -> found.brand().equals(Callers.current().brand()))
                .orElseThrow(() -> new NotFound("connectionId", id));
        Consents.Begun begun;
        try {
            begun = consents.begin(connection);
        } catch (ChannelException e) {
            if (e.fault() != Fault.UNAUTHORISED) {
                throw e;
            }
            // No platform was asked yet: what is wrong is what was entered.
            return Problem.invalid(422, String.valueOf(e.getMessage())).answer();
        }
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .header(
                        HttpHeaders.SET_COOKIE,
                        cookie(begun.cookie(), begun.browser(), Consents.LASTS).toString())
                .body(Map.of("page", begun.page(), "endsAt", begun.endsAt()));
    }

    @GetMapping(BACK)
    ResponseEntity<Object> finish(@RequestParam Map<String, String> query, HttpServletRequest request) {
        Consents.Finished finished = consents.finish(query, name -> value(request, name));
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(URI.create(baseUrl.get() + finished.path()))
                .cacheControl(CacheControl.noStore())
                .header("Referrer-Policy", "no-referrer");
        if (finished.cookie() != null) {
            answer.header(
                    HttpHeaders.SET_COOKIE,
                    cookie(finished.cookie(), "", Duration.ZERO).toString());
        }
        return answer.build();
    }

    /** The browser comes back to the public address: a cookie that was set at another one would not be there. */
    private void comesFromOurPages(@Nullable String origin) {
        String ours = origin(baseUrl.get());
        if (origin != null && !origin(URI.create(origin)).equals(ours)) {
            throw new IllegalArgumentException("origin: " + origin + " (expected: " + ours
                    + ", where platforms send you back to; open this page there)");
        }
    }

    private static String origin(URI address) {
        boolean isUsual =
                address.getPort() < 0 || address.getPort() == ("https".equals(address.getScheme()) ? 443 : 80);
        return address.getScheme() + "://" + address.getHost() + (isUsual ? "" : ":" + address.getPort());
    }

    /** Lax, because the way back begins at the platform. */
    private ResponseCookie cookie(String name, String value, Duration lasts) {
        return ResponseCookie.from(name, value)
                .path(BACK)
                .httpOnly(true)
                .secure("https".equals(baseUrl.get().getScheme()))
                .sameSite("Lax")
                .maxAge(lasts)
                .build();
    }

    private static @Nullable String value(HttpServletRequest request, String name) {
        Cookie[] cookies = request.getCookies();
        return cookies == null
                ? null
                : Arrays.stream(cookies)
                        .filter(cookie -> cookie.getName().equals(name))
                        .map(Cookie::getValue)
                        .findFirst()
                        .orElse(null);
    }
}
