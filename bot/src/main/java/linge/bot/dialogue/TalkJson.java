package linge.bot.dialogue;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Writes and reads talks. Instants are ISO 8601; fields that are empty are left out; unknown fields are passed over. */
final class TalkJson {
    private static final int MOST_READ = 200_000;

    private static final ObjectMapper JSON = new ObjectMapper()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .registerModule(new SimpleModule()
                    .addSerializer(Instant.class, new JsonSerializer<>() {
                        @Override
                        public void serialize(Instant value, JsonGenerator to, SerializerProvider with)
                                throws IOException {
                            to.writeString(value.toString());
                        }
                    })
                    .addDeserializer(Instant.class, new JsonDeserializer<>() {
                        @Override
                        public Instant deserialize(JsonParser from, DeserializationContext with) throws IOException {
                            return Instant.parse(from.getText());
                        }
                    }));

    private TalkJson() {}

    static String write(Talk talk) {
        try {
            return JSON.writeValueAsString(talk);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static Talk read(@Nullable String json, Instant now) {
        if (json == null || json.isBlank() || json.length() > MOST_READ) {
            return Talk.fresh(now);
        }
        try {
            JsonNode tree = JSON.readTree(json);
            // A talk written by another release may hold topics this one does not know: kinder to begin again than to
            // guess.
            if (tree == null || tree.path("version").asInt() != Talk.VERSION) {
                return Talk.fresh(now);
            }
            return JSON.treeToValue(tree, Talk.class);
        } catch (JsonProcessingException | RuntimeException e) {
            return Talk.fresh(now);
        }
    }
}
