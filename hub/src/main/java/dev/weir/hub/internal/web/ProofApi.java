package dev.weir.hub.internal.web;

import dev.weir.reservation.StockProof;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Was a unit ever promised twice? The answer from the movements, with since when. */
@RestController
@RequestMapping("/api/proof")
class ProofApi {
    private final StockProof proof;

    ProofApi(StockProof proof) {
        this.proof = proof;
    }

    @GetMapping
    Map<String, Object> list(
            @RequestParam(defaultValue = "") String after, @RequestParam(defaultValue = "200") int limit) {
        String brand = Callers.current().brand();
        List<StockProof.Proven> items = proof.list(brand, after, Inputs.range("limit", limit, 1, 500));
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("summary", proof.summary(brand));
        view.put("items", items);
        view.put("nextCursor", items.size() < limit ? null : items.getLast().sku());
        return view;
    }

    /** Begins again at the first movement; the list tells how far it has come. */
    @PostMapping
    @ResponseStatus(HttpStatus.ACCEPTED)
    StockProof.Summary again() {
        String brand = Callers.current().brand();
        proof.again(brand);
        return proof.summary(brand);
    }
}
