package dev.weir.connectors.sandbox;

import com.github.tomakehurst.wiremock.extension.ResponseTransformerV2;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.http.HttpHeader;
import com.github.tomakehurst.wiremock.http.HttpHeaders;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.Response;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Hands a matched request to the platform's stand-in; stubs without an operation pass through. */
final class PlatformTransformer implements ResponseTransformerV2 {
    private final Map<String, SandboxPlatform> platforms;
    private final AtomicReference<@Nullable Pattern> lost = new AtomicReference<>();

    PlatformTransformer(Map<String, SandboxPlatform> platforms) {
        this.platforms = platforms;
    }

    @Override
    public String getName() {
        return "weir-platform";
    }

    @Override
    public boolean applyGlobally() {
        return true;
    }

    @Override
    public Response transform(Response response, ServeEvent event) {
        Object operation = event.getTransformerParameters().get("operation");
        if (operation == null) {
            return response;
        }
        SandboxRequest request = read(event.getRequest());
        String url = event.getRequest().getUrl();
        int slash = url.indexOf('/', 1);
        String channel = url.substring(1, slash < 0 ? url.length() : slash);
        SandboxPlatform platform = platforms.get(channel);
        if (platform == null) {
            return response;
        }
        Response answer = write(platform.answer(operation.toString(), request));
        Pattern toLose = lost.get();
        if (toLose != null && toLose.matcher(url + "\n" + request.text()).find() && lost.compareAndSet(toLose, null)) {
            return Response.response().fault(Fault.CONNECTION_RESET_BY_PEER).build();
        }
        return answer;
    }

    /** The next request whose address or body has a match is carried out, and its answer lost. */
    void loseAnswer(Pattern pattern) {
        lost.set(pattern);
    }

    boolean lostOne() {
        return lost.get() == null;
    }

    static SandboxRequest read(Request request) {
        Map<String, String> headers = new HashMap<>();
        for (HttpHeader header : request.getHeaders().all()) {
            headers.put(header.key().toLowerCase(Locale.ROOT), header.values().getLast());
        }
        String url = request.getUrl();
        int question = url.indexOf('?');
        String path = question < 0 ? url : url.substring(0, question);
        int slash = path.indexOf('/', 1);
        return new SandboxRequest(
                request.getMethod().getName(),
                slash < 0 ? "/" : path.substring(slash),
                question < 0 ? Map.of() : SandboxRequest.pairs(url.substring(question + 1)),
                headers,
                request.getBody());
    }

    static Response write(SandboxAnswer answer) {
        HttpHeaders headers = new HttpHeaders();
        for (Map.Entry<String, String> header : answer.headers().entrySet()) {
            headers = headers.plus(new HttpHeader(header.getKey(), header.getValue()));
        }
        return Response.response()
                .status(answer.status())
                .headers(headers)
                .body(answer.body())
                .build();
    }
}
