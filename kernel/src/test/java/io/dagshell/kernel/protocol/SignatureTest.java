package io.dagshell.kernel.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class SignatureTest {

    @Test
    void it_is_the_one_of_rfc_4231() {
        Signature signature = Signature.of(WireTest.connection("hmac-sha256", "Jefe"));

        byte[] signed = signature.sign(List.of(bytes("what do ya want "), bytes("for nothing?")));

        assertThat(new String(signed, StandardCharsets.US_ASCII))
                .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }

    @Test
    void a_prefix_of_the_right_signature_is_wrong() {
        Signature signature = Signature.of(WireTest.connection("hmac-sha256", "Jefe"));
        byte[] right = signature.sign(List.of(bytes("x")));

        assertThat(signature.matches(right, List.of(bytes("x")))).isTrue();
        assertThat(signature.matches(java.util.Arrays.copyOf(right, 63), List.of(bytes("x"))))
                .isFalse();
        assertThat(signature.matches(new byte[0], List.of(bytes("x")))).isFalse();
    }

    @Test
    void an_unknown_scheme_is_named() {
        assertThatThrownBy(() -> Signature.of(WireTest.connection("hmac-rot13", "k")))
                .hasMessageContaining("hmac-rot13");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
