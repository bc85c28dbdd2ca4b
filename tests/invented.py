"""One invented labelled article, free of findings, and what tests of the model side build from it."""

from __future__ import annotations

from lunzheng.corpus.article import LabelledArticle
from lunzheng.corpus.markup import read_article
from lunzheng.document import Causal, Link, Linked, Segmentation, Strategy, Unit
from lunzheng.segment import segment_text
from lunzheng.segment.sentences import make_splitter

HEAD = """---
id: bicycle-repair-replace
title: 小区门口的两家车铺
topic: 修旧与换新
industry: retail
voice: newspaper column
script: Hans
annotator: model
date: 2026-01-01
A: {name: 修旧, actors: [启禾], cues: [补胎]}
B: {name: 换新, actors: [朗岳], cues: [新车]}
---
"""
BODY = """
小区门口有两家车铺，做的是两种生意。[1|启禾坚持修旧，一条内胎补上十次也不嫌烦]；[2|朗岳主张换新，车坏了就劝人买一辆]。[3|今年钢材涨了三成，两家的日子都不好过]。哪一家会先撑不住？这个问题，街坊们在树荫底下争了一个夏天，有人翻出旧账本，有人搬来小板凳，谁也不肯先回家吃饭。
% 1 evidence A means supports 4 contrasts 2
% 2 evidence B means supports 8
% 3 evidence both context supports 12
%c 钢材涨了三成 | - | 两家的日子都不好过 | consequence facilitate

先看修旧的账。[4|修旧替街坊省下了真金白银]。[5|启禾去年修好了两千一百辆旧车，平均每辆只收三十八元]，[6|补胎用的胶片是整卷批来的，因此单价压得很低]。可是[7|老师傅一天最多修九辆，生意再好也快不起来]。
% 4 claim A benefit supports 12
% 5 evidence A benefit supports 4
% 6 evidence A motive supports 4
% 7 claim A cost attacks 4
%c 补胎用的胶片是整卷批来的 | 因此 | 单价压得很低 | consequence facilitate
%c 老师傅一天最多修九辆 | - | 快不起来 | consequence facilitate

再看换新的账。[8|换新让铺子赚得更快]。[9|朗岳卖一辆新车能赚二百六十元，抵得上修七辆]，[10|厂家又按销量返点，促使店员天天推销新车]。然而[11|街坊买过一次，往后三年都不会再来，回头客越来越少]。
% 8 claim B benefit supports 12
% 9 evidence B benefit supports 8
% 10 evidence B motive supports 8
% 11 claim B cost attacks 8
%c 厂家又按销量返点 | 促使 | 天天推销新车 | motivation facilitate
%c 街坊买过一次 | - | 回头客越来越少 | consequence facilitate

说到这里，该喝口茶了。秋天的傍晚，两家的卷帘门总是前后脚落下，师傅们隔着马路点一点头，各自推车回家；路灯底下，只剩几个孩子绕着花坛练车，一圈，又一圈，直到大人在楼上喊名字。

两本账摆在一起，[12|修旧慢而长久，换新快而短促，谁也不能只守着一头]。[13|启禾已经腾出半间屋子卖新车，为的是留住赶时间的客人]，[14|朗岳则请回一位师傅，用补胎的手艺防止老客人走散]。[15|往后的车铺，多半是一边修一边卖]。
% 12 claim both outlook central supports 15
% 13 evidence A means supports 12 contrasts 14
% 14 evidence B means supports 12
% 15 claim both outlook central
%c 腾出半间屋子卖新车 | 为的是 | 留住赶时间的客人 | purpose facilitate
%c 用补胎的手艺 | 防止 | 老客人走散 | consequence inhibit
"""
MARKUP = HEAD + BODY


def article() -> LabelledArticle:
    """The article, compiled."""
    return read_article(MARKUP, "invented.txt")


def segmentation_of(text: str) -> Segmentation:
    """Segmentation by the default splitter."""
    return segment_text(text, make_splitter("spacy"))


def perfect(gold: LabelledArticle) -> Linked:
    """The labels as if a model had found them."""
    place = {u.number: i for i, u in enumerate(gold.units)}
    return Linked(
        strategies=tuple(Strategy(s.name, s.actors, s.cues, 1.0) for s in gold.strategies),
        units=tuple(Unit(u.span, u.type, u.side, u.facet, u.central, 1.0) for u in gold.units),
        links=tuple(Link(place[x.source], place[x.target], x.type, 1.0) for x in gold.links),
        causals=tuple(Causal(c.cause, c.effect, c.connective, c.kind, c.polarity, 1.0) for c in gold.causals),
    )
