package dev.weir.hub.internal.demo;

import java.util.Map;
import java.util.Optional;

/** How does a product of the demo brand look? Drawn as SVG: a shape a kind, a glaze a colour. */
final class ProductPicture {
    private static final Map<String, String[]> GLAZES = Map.of(
            "SAGE", new String[] {"#eef1e6", "#93a583", "#6f8262", "#c9d3ba"},
            "CLAY", new String[] {"#f8ebe2", "#cc7f5c", "#a65f40", "#eab799"},
            "INK", new String[] {"#e7eaf1", "#3f4d6b", "#28334d", "#8b9bbd"});
    private static final Map<String, String> SHAPES = Map.of(
            "MUG",
            "<path d='M275 210h64c52 0 52 96 0 104h-70' fill='none' stroke='url(#g)' stroke-width='22'/>"
                    + "<path d='M110 170h180v150c0 40-26 60-60 60h-60c-34 0-60-20-60-60z' fill='url(#g)'/>"
                    + "<ellipse cx='200' cy='170' rx='90' ry='20' fill='%4$s'/><ellipse cx='200' cy='174' rx='74' ry='13' fill='%3$s'/>",
            "BOWL",
            "<path d='M70 190h260c0 110-60 180-100 190h-60c-40-10-100-80-100-190z' fill='url(#g)'/>"
                    + "<ellipse cx='200' cy='190' rx='130' ry='30' fill='%4$s'/><ellipse cx='200' cy='195' rx='112' ry='21' fill='%3$s'/>",
            "VASE",
            "<path d='M178 170c6 50-70 80-70 140 0 50 40 72 92 72s92-22 92-72c0-60-76-90-70-140z' fill='url(#g)'/>"
                    + "<ellipse cx='200' cy='170' rx='23' ry='7' fill='%3$s'/><path d='M200 168C196 110 210 90 190 40' fill='none' stroke='%3$s' stroke-width='4'/>"
                    + "<circle cx='188' cy='44' r='16' fill='%4$s'/><circle cx='212' cy='74' r='12' fill='%4$s'/><circle cx='186' cy='92' r='10' fill='%4$s'/>",
            "PLATE",
            "<ellipse cx='200' cy='270' rx='150' ry='104' fill='url(#g)'/><ellipse cx='200' cy='262' rx='146' ry='98' fill='%4$s'/>"
                    + "<ellipse cx='200' cy='264' rx='104' ry='66' fill='url(#g)' opacity='.65'/>",
            "POT",
            "<path d='M282 250c60-6 50-60 82-72' fill='none' stroke='url(#g)' stroke-width='26' stroke-linecap='round'/>"
                    + "<path d='M118 220c-66-20-72 90 2 92' fill='none' stroke='%3$s' stroke-width='16'/><ellipse cx='200' cy='282' rx='104' ry='96' fill='url(#g)'/>"
                    + "<ellipse cx='200' cy='200' rx='56' ry='16' fill='%4$s'/><circle cx='200' cy='178' r='14' fill='%3$s'/>",
            "JUG",
            "<path d='M262 190c70-10 70 120 6 130' fill='none' stroke='%3$s' stroke-width='18'/>"
                    + "<path d='M120 150l30 24h104l-10 60c30 40 34 146-64 146s-94-106-64-146z' fill='url(#g)'/><ellipse cx='200' cy='172' rx='55' ry='12' fill='%4$s'/>",
            "TRAY",
            "<rect x='52' y='226' width='296' height='112' rx='54' fill='url(#g)'/><rect x='60' y='220' width='280' height='98' rx='48' fill='%4$s'/>"
                    + "<rect x='82' y='234' width='236' height='68' rx='34' fill='%2$s' opacity='.7'/><circle cx='158' cy='262' r='24' fill='%3$s'/><circle cx='230' cy='262' r='18' fill='%1$s'/>",
            "LAMP",
            "<path d='M140 90h120l52 120H88z' fill='%4$s'/><path d='M140 90h120l14 32H126z' fill='#fff' opacity='.35'/>"
                    + "<rect x='192' y='210' width='16' height='40' fill='%3$s'/><path d='M160 250h80c44 40 36 130-40 130s-84-90-40-130z' fill='url(#g)'/>");

    private ProductPicture() {}

    /** The picture of {@code sku} such as {@code MUG-SAGE}, or empty when it is none of ours. */
    static Optional<String> draw(String sku) {
        String[] parts = sku.split("-", 2);
        String shape = SHAPES.get(parts[0]);
        String[] glaze = parts.length == 2 ? GLAZES.get(parts[1]) : null;
        if (shape == null || glaze == null) {
            return Optional.empty();
        }
        String svg = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 400 440' role='img'>"
                + "<defs><linearGradient id='g' x1='0' x2='1'><stop offset='0' stop-color='%4$s'/><stop offset='.35' stop-color='%2$s'/>"
                + "<stop offset='1' stop-color='%3$s'/></linearGradient><radialGradient id='b' cy='.35'><stop offset='0' stop-color='#fff'/>"
                + "<stop offset='1' stop-color='%1$s'/></radialGradient></defs>"
                + "<rect width='400' height='440' fill='url(#b)'/><ellipse cx='204' cy='384' rx='120' ry='16' fill='#000' opacity='.14'/>"
                + shape + "</svg>";
        return Optional.of(svg.formatted(glaze[0], glaze[1], glaze[2], glaze[3]));
    }
}
