# Writes ../Golden/regression.json: statistics of linear regressions by R's lm, of the data file of the command-line tool.
#   Rscript references.R
# VIF is not a part of base R: it is 1/(1 - R^2) of a regression of each feature on the others, with the same weights.
folder <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
data <- read.csv(file.path(folder, "../../../src/GradientDescent.Tool/Data/diabetes.csv"))
data$weight <- 0.5 + (seq_len(nrow(data)) %% 7)
new <- data[c(1, 100), ]
new$bmi <- new$bmi + 10

number <- function(x) ifelse(is.finite(x), sprintf("%.17g", x), "null")
list_of <- function(x) paste0("[", paste(number(x), collapse = ", "), "]")
entry <- function(name, text) paste0("    \"", name, "\": ", text)

case <- function(name, features, weights, intercept) {
  formula <- reformulate(if (intercept) features else c("0", features), "target")
  fit <- lm(formula, data, weights = weights)
  inflation <- sapply(features, function(feature) {
    others <- setdiff(features, feature)
    inner <- lm(reformulate(if (intercept) others else c("0", others), feature), data, weights = weights)
    1 / (1 - summary(inner)$r.squared)
  })
  e <- weighted.residuals(fit, drop0 = FALSE)
  mean <- predict(fit, new, interval = "confidence", level = 0.9, se.fit = TRUE)
  suppressWarnings(single <- predict(fit, new, interval = "prediction", level = 0.9, weights = 1))
  paste0("  \"", name, "\": {\n", paste(c(
    entry("features", paste0("[", paste0("\"", features, "\"", collapse = ", "), "]")),
    entry("adjustedRSquared", number(summary(fit)$adj.r.squared)),
    entry("logLikelihood", number(as.numeric(logLik(fit)))),
    entry("aic", number(AIC(fit))),
    entry("bic", number(BIC(fit))),
    entry("durbinWatson", number(sum(diff(e)^2) / sum(e^2))),
    entry("inflation", list_of(inflation)),
    entry("leverages", list_of(hatvalues(fit))),
    entry("standardized", list_of(rstandard(fit))),
    entry("studentized", list_of(rstudent(fit))),
    entry("cooks", list_of(cooks.distance(fit))),
    entry("fit", list_of(mean$fit[, 1])),
    entry("standardErrors", list_of(mean$se.fit)),
    entry("confidence", list_of(c(mean$fit[, 2:3]))),
    entry("prediction", list_of(c(single[, 2:3])))), collapse = ",\n"), "\n  }")
}

all <- setdiff(names(data), c("target", "weight"))
one <- rep(1, nrow(data))
writeLines(c("{", paste(c(
  case("plain", all, one, TRUE),
  case("weighted", all, data$weight, TRUE),
  case("withoutIntercept", c("bmi", "bp", "s5"), data$weight, FALSE)), collapse = ",\n"), "}"),
  file.path(folder, "../Golden/regression.json"))
