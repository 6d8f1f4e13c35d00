/**
 * A small language model and what preferences make of it: pretraining, sampling, and alignment by
 * DPO and its pluralistic kin, each pair of losses in closed form outside the graph. All training
 * is one objective, the log-probabilities of texts ({@link palette.policy.Policy}).
 *
 * <pre>{@code
 * Policy base = Policy.spec().layers(2).width(64).pretrain(texts);
 * Aligned tuned = Dpo.of(base).clusters(2).train(preferences);
 * tuned.policy("user-3").generate("What is ice like?");
 * }</pre>
 */
package palette.policy;
