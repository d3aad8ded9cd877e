package dev.plait.store.encrypted;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** The two examples that the specification of XAES-256-GCM gives, one for each bit of CMAC. */
final class ExtendedNonceTest {

  @Test
  void agreesWithTheFirstPublishedExample() throws GeneralSecurityException {
    assertEquals("ce546ef63c9cc60765923609b33a9a1974e96e52daf2fcf7075e2271", encrypted(1, ""));
  }

  @Test
  void agreesWithTheSecondPublishedExample() throws GeneralSecurityException {
    assertEquals(
        "986ec1832593df5443a179437fd083bf3fdb41abd740a21f71eb769d",
        encrypted(3, "c2sp.org/XAES-256-GCM"));
  }

  @Test
  void whatIsNoKeyOfAesIsRefused() {
    assertThrows(
        InvalidKeyException.class, () -> ExtendedNonce.of(new SecretKeySpec(new byte[31], "AES")));
  }

  private static String encrypted(int keyFill, String associated) throws GeneralSecurityException {
    ExtendedNonce cipher = ExtendedNonce.of(EncryptedSamples.key(keyFill));
    byte[] nonce = "ABCDEFGHIJKLMNOPQRSTUVWX".getBytes(US_ASCII);
    Cipher one = cipher.cipher(Cipher.ENCRYPT_MODE, nonce);
    one.updateAAD(associated.getBytes(US_ASCII));
    return HexFormat.of().formatHex(one.doFinal("XAES-256-GCM".getBytes(US_ASCII)));
  }
}
