package palette.engine;

import ai.djl.ndarray.NDArray;

/** How the matrix products of maps are made while they learn. */
public interface Products {
  /** In the arrays' own precision, by libtorch. */
  Products OWN =
      new Products() {
        @Override
        public NDArray product(NDArray a, NDArray b) {
          return a.getShape().dimension() == 3 ? Torch.bmm(a, b) : a.matMul(b);
        }

        @Override
        public NDArray linear(NDArray x, NDArray w, NDArray b) {
          return Torch.linear(x, w, b);
        }
      };

  /** a b, of matrices [n][m] and [m][d] or of as many of each, [K][n][m] and [K][m][d]. */
  NDArray product(NDArray a, NDArray b);

  /** x W^T + b: x [n][in], W [out][in], b [out]. */
  default NDArray linear(NDArray x, NDArray w, NDArray b) {
    return product(x, w.transpose()).add(b);
  }
}
