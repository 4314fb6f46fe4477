package dev.weir.hub.internal.web;

import dev.weir.connectors.Sku;
import dev.weir.reservation.Fairness;
import dev.weir.reservation.FairnessRules;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** By which rules a SKU is sold: in a hot drop, and beyond what is on hand. */
@RestController
@RequestMapping("/api/stock/{sku}/rules")
class RulesApi {
    private final Fairness fairness;

    RulesApi(Fairness fairness) {
        this.fairness = fairness;
    }

    record Rules(
            @Nullable Boolean fair,
            @Nullable Integer payingPercent,
            @Nullable Integer buyerCap,
            @Nullable Boolean buyerNeeded,
            @Nullable Integer preOrder,
            @Nullable LocalDate shipsFrom) {}

    @GetMapping
    FairnessRules rules(@PathVariable String sku) {
        return fairness.rules(Callers.current().brand(), new Sku(sku)).orElseThrow(() -> new NotFound("sku", sku));
    }

    /** What is left out has its default. */
    @PutMapping
    FairnessRules setRules(@PathVariable String sku, @RequestBody Rules body) {
        Integer percent = body.payingPercent();
        FairnessRules rules = new FairnessRules(
                Boolean.TRUE.equals(body.fair()),
                percent == null ? FairnessRules.NONE.payingPercent() : percent,
                body.buyerCap(),
                Boolean.TRUE.equals(body.buyerNeeded()),
                body.preOrder() == null ? 0 : body.preOrder(),
                body.shipsFrom());
        if (!fairness.setRules(Callers.current().brand(), new Sku(sku), rules)) {
            throw new NotFound("sku", sku);
        }
        return rules;
    }
}
