# ---
# jupyter:
#   description: One notebook, two probabilities, three temperatures. Every number of the original is computed again here.
#   run: python
#   cited:
#     "0.80": a wrong answer on offer
#     "0.85": a wrong answer on offer
# ---

# %% [markdown]
# # One division makes softmax colder or hotter {#seed}
#
# You will turn two probabilities into scores called logits, turn these back with a function called softmax, and then sharpen or level the result with one division.
# Time: 6 min.
# Needs: a little Python and the logarithm from school.
# { .lead }
#
# Everything else on this site grew from one short notebook, its *seed*, retold here step by step and number by number.
# Where it was imprecise, a note stands beside the step and leads to the chapter that says it in full; on a first reading, skip the notes.
#
# <details class="question" markdown="1">
# <summary>Predict: take the logarithms of 0.25 and 0.75, divide both by 0.5, undo the logarithm, and scale the results so that they sum to 1. Does 0.75 become 0.80, 0.85 or 0.90?</summary>
#
# It becomes 0.9. Dividing by 0.5 doubles each logarithm, which squares the number behind it.
# Squaring both numbers squares their ratio: 3 to 1 becomes 9 to 1, and 9 parts of 10 are 0.9.
# The 0.5 is a *temperature*, and the cells below compute what it does.
#
# </details>

# %% [markdown]
# ## Start from probabilities you know {#probabilities}
#
# Two things can happen: one with a chance of 25 percent, the other with 75 percent.
# The whole page needs nothing beyond Python's own `math`.

# %%
import math

probabilities = [0.25, 0.75]
probabilities

# %% [markdown]
# ## The logarithm turns them into logits {#logits}
#
# You want to sharpen or level this pair by one division.
# On the chances themselves it does nothing: divide both by 0.5, scale the results to sum to 1, and 0.25 and 0.75 are back.
# A division leaves "3 times as likely" as it is.
# The logarithm turns it into a gap of log 3, and a gap does change when both ends are divided.
# So the first step gives each event a *score*: the natural logarithm of its probability.
# The original calls it the *logit*.
# A probability lies between 0 and 1, so its logarithm is never positive.

# %%
def log_of_each(probabilities):
    return [math.log(p) for p in probabilities]

logits = log_of_each(probabilities)
logits

# %% [markdown]
# Both numbers are negative, and the likelier event has the larger one, nearer to 0.
# A classifier is a model that decides between possible answers, its classes: cat or dog, for instance.
# Usually its last step, or layer, gives each class one score, positive or negative.
# Such scores are called logits too, and the layer is the *logits layer*.
#
# Back to our two: how far apart are they?
#
# <aside class="note" markdown="1">
#
# **Two meanings of one word.**
# In statistics the logit of *p* is the logarithm of the odds *p* / (1 − *p*), not of *p* itself.
# In machine learning, logits are mostly scores whose softmax gives the probabilities; logarithms of probabilities are one valid choice among many.
# With two classes they meet: the *difference* of the two scores is the log-odds, and the next cell prints it.
# [Odds](odds.md#log-odds) tells the first, [logits](logits.md#word) the second.
#
# </aside>

# %%
logits[1] - logits[0], math.log(0.75 / 0.25)

# %% [markdown]
# The gap between the two scores is the logarithm of 3, because 0.75 is three times 0.25. Floats round, so the last digits can differ.
#
# <aside class="note" markdown="1">
#
# **Open ends.**
# The original quotes a definition by which the logit takes every probability, 0 and 1 included, to a real number.
# [The log-odds](odds.md#log-odds) do that strictly between 0 and 1; [the plain logarithm](odds.md#log-probability) reaches only zero and below, and `math.log(0)` raises an error.
# An impossible event has the score −∞.
#
# </aside>
#
# <aside class="note" markdown="1">
#
# **Scores come first.**
# A trained network does not take logarithms of probabilities: when its last layer [has produced the logits](logits.md#scores), no probability exists yet.
# Softmax makes them.
#
# </aside>

# %% [markdown]
# ## Softmax brings the probabilities back {#softmax}
#
# *Softmax* undoes the logarithm with `exp`, e to the power of the score, and gets a *weight* for each class.
# Then it divides each weight by their total, so that the results sum to 1.
# (`math.fsum` is `sum` with less rounding.)

# %%
def softmax(logits):
    weights = [math.exp(z) for z in logits]
    total = math.fsum(weights)
    return [weight / total for weight in weights]

softmax(logits), math.fsum(softmax(logits))

# %% [markdown]
# The two probabilities we began with are back.
#
# <aside class="note" markdown="1">
#
# **A round trip in one direction.**
# The division did nothing here, because the weights already summed to 1.
# That happens only when the logits are logarithms of probabilities.
# For other scores softmax does not undo anything: [it forgets a constant](logits.md#representative).
#
# </aside>
#
# <aside class="note" markdown="1">
#
# **Not a squashing function for one number.**
# The original compares softmax with the [sigmoid](odds.md#sigmoid), which turns one number into a probability.
# Softmax takes all scores at once.
# [With two classes they agree](softmax.md#sigmoid) if the sigmoid is given the gap.
#
# </aside>

# %% [markdown]
# ## A low temperature widens the gap {#low}
#
# *Temperature* is a positive number T.
# Every logit is divided by it before softmax.
# A T below 1 makes the gaps larger.

# %%
low_temperature = 0.5
cold_logits = [z / low_temperature for z in logits]
cold_logits

# %%
softmax(cold_logits), math.fsum(softmax(cold_logits))

# %% [markdown]
# The larger probability rose from 0.75 to 0.9, the smaller fell from 0.25 to 0.1.
# Dividing by 0.5 doubled both logarithms, and doubling a logarithm squares the number behind it.
# So the weights were 0.25² and 0.75²: 0.75 times itself keeps three quarters, 0.25 times itself only a quarter.
# One sixteenth and nine sixteenths do not sum to 1, so the division inside softmax had work to do: of their ten parts the larger one has nine.
#
# <aside class="note" markdown="1">
#
# **Who became more confident?**
# The original says: the model.
# But its logits and their order have not changed; only the probabilities made from them are sharper.
# So its favorite is right exactly as often as before.
# Whether that is 9 times in 10 is another question, [one for data](calibration.md#confidence).
#
# </aside>

# %% [markdown]
# ## A high temperature narrows it {#high}
#
# Now the same with a T above 1.

# %%
high_temperature = 5
hot_logits = [z / high_temperature for z in logits]
hot_logits

# %%
softmax(hot_logits), math.fsum(softmax(hot_logits))

# %% [markdown]
# Dividing a logarithm by 5 takes the fifth root of the number behind it.
# So the weights, once 3 to 1, now stand at the fifth root of 3 to 1, which is about 5 to 4.
# The probabilities moved toward each other: 0.445 and 0.555, and the larger is still the larger.
#
# ![](fig:seed-three-temperatures)
#
# <aside class="note" markdown="1">
#
# **True for two classes.**
# With three or more, a class in the middle can rise first and fall later:
# [what moves which way](temperature.md#monotone).
# What holds for any two classes is the rule for the odds of one against the other: T turns 3 to 1 into 3<sup>1/T</sup> to 1, which is 9 to 1 at T = 0.5.
#
# </aside>

# %% [markdown]
# ## Where it breaks {#breaks}
#
# The function above is the textbook formula, and large scores break it.

# %%
try:
    softmax([1000, 0])
except OverflowError as error:
    print(type(error).__name__)

# %% [markdown]
# `math.exp(1000)` is larger than any float.
# The cure is to subtract the largest score from every score.
# Then no score is above 0, and no weight above 1.
# The gaps stay as they are, so the probabilities do too.

# %%
def stable_softmax(logits):
    top = max(logits)
    return softmax([z - top for z in logits])

stable_softmax([1000, 0])

# %% [markdown]
# ## Try it {#try}
#
# <details class="question" markdown="1">
# <summary>1. Which T turns 25 and 75 percent into 1 and 99?</summary>
#
# The gap is log 3 and must become log 99, so log 3 / T = log 99 and T = log 3 / log 99.
# The next cell computes T and checks it.
#
# </details>
#
# <details class="question" markdown="1">
# <summary>2. Add 100 to both logits. What does softmax return?</summary>
#
# The same two probabilities up to rounding, because the gap has not changed. The cell after the next shows it.
#
# </details>

# %%
T = math.log(3) / math.log(99)
print(f"T = {T:.3f}")
print([round(p, 6) for p in softmax([z / T for z in logits])])

# %%
shifted = softmax([z + 100 for z in logits])
print([round(p, 6) for p in shifted])

# %% [markdown]
# ## Keep {#keep}
#
# * Formula: each probability is proportional to exp(logit / T).
# * Sentence: temperature divides the gaps between logits, and so bends [the odds](odds.md).
# * Function: [`softmax(logits, temperature=T)`](../reference/api.md#softdial.softmax) does all of this for arrays, and for scores of any size.
#
# The words and the code of this page are ours; the steps and the results are the original's, except the gap between the scores, *Where it breaks* and the exercises.
#
# Sources: [Stack Overflow 2017](../reference/bibliography.md#stack-overflow-2017) has the two definitions that the original quotes, of logit and of softmax.
# Next: [odds, the scale on which temperature is a power](odds.md).
