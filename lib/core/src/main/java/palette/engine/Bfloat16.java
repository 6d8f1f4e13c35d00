package palette.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Products in bfloat16 of numbers in single precision: both factors are rounded to 8 significant
 * bits, their sums of products once more, and come back as single; a GPU's tensor cores are made
 * for it. The gradients' products on the way back are made in the same way.
 *
 * <p>DJL has no name for the type and nothing to cast to it, so libtorch is told in its own
 * language: a TorchScript of one line, packed here as libtorch reads it, a zip file of four.
 */
public final class Bfloat16 implements Products {
  // 15 and 6 are libtorch's numbers of bfloat16 and float32.
  private static final String SCRIPT =
      """
      class Product(Module):
        __parameters__ = []
        __buffers__ = []
        def forward(self, a: Tensor, b: Tensor) -> Tensor:
          return torch.to(torch.matmul(torch.to(a, 15), torch.to(b, 15)), 6)
      """;
  // Pickled: an object of that class without fields, and an empty tuple of constants.
  private static final String OBJECT = "\u0080\u0002c__torch__\nProduct\n)\u0081}b.";
  private static final String CONSTANTS = "\u0080\u0002).";

  private final PtSymbolBlock script;

  /** Lives as long as the manager. */
  public Bfloat16(NDManager manager) {
    try (var packed = new ByteArrayInputStream(packed())) {
      script = JniUtils.loadModule((PtNDManager) manager, packed, false, false);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // bytes in memory: none is thrown
    }
  }

  @Override
  public NDArray product(NDArray a, NDArray b) {
    return IValueUtils.forward(script, new NDList(a, b), Torch.recording()).singletonOrThrow();
  }

  private static byte[] packed() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      put(zip, "version", "3");
      put(zip, "data.pkl", OBJECT);
      put(zip, "constants.pkl", CONSTANTS);
      put(zip, "code/__torch__.py", SCRIPT);
    }
    return bytes.toByteArray();
  }

  private static void put(ZipOutputStream zip, String name, String text) throws IOException {
    zip.putNextEntry(new ZipEntry("product/" + name));
    zip.write(text.getBytes(StandardCharsets.ISO_8859_1)); // a pickle is bytes
    zip.closeEntry();
  }
}
