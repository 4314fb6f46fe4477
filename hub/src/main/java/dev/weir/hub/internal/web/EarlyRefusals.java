package dev.weir.hub.internal.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.hub.internal.security.SecurityHeaders;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/** How does a filter refuse a request before security and MVC have seen it? As those would: the same problem, the same headers. */
@Component
class EarlyRefusals {
    private final ObjectMapper json;

    EarlyRefusals(ObjectMapper json) {
        this.json = json;
    }

    /** Headers that {@code response} has already stay. */
    void refuse(HttpServletRequest request, HttpServletResponse response, Problem problem) throws IOException {
        byte[] body = json.writeValueAsBytes(problem);
        response.setStatus(problem.status());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setContentLength(body.length);
        SecurityHeaders.write(request, response);
        response.getOutputStream().write(body);
    }
}
